/** What a run found out: printed as it comes, and kept for the documentation. */
import { printTable } from './table.js';

export interface Table {
  heading: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** Below the table: goals, and what has to be known to read it. */
  remarks: readonly string[];
}

export interface Chart {
  /** Of the file; with lower-case letters and dashes. */
  name: string;
  title: string;
  kind: 'bar' | 'line';
  /** What the values are: `µs`, `requests per second`. */
  unit: string;
  /** What stands along the axis. */
  categories: readonly string[];
  /** One value per category; null where nothing was measured. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
  /** Whether each step of the value axis is ten times the last one. */
  logarithmic?: boolean;
}

export interface Report {
  table(
    heading: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[],
    remarks?: readonly string[],
  ): void;
  chart(chart: Chart): void;
}

/** @returns a report, and everything that was put into it */
export function createReport(): { report: Report; tables: Table[]; charts: Chart[] } {
  const tables: Table[] = [];
  const charts: Chart[] = [];
  const report: Report = {
    table(heading, columns, rows, remarks = []) {
      tables.push({ heading, columns, rows, remarks });
      printTable(heading, columns, rows, remarks);
    },
    chart(chart) {
      charts.push(chart);
    },
  };
  return { report, tables, charts };
}
