/** Draws charts as SVG: pure functions of their data. */
import { init } from 'echarts';
import type { Chart } from './report.js';

const size = { width: 760, height: 400 };
/** Told apart in print and by people who do not see all colours (Okabe and Ito's palette). */
const color = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#000000'];

/** @returns a whole SVG document, on white, so that it is readable on any page */
export function drawChart({ title, kind, unit, categories, series, logarithmic }: Chart): string {
  const axis = { type: 'category' as const, data: [...categories], axisTick: { show: false } };
  const values = { type: logarithmic ? ('log' as const) : ('value' as const), name: unit };
  const isBar = kind === 'bar';
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color,
    title: { text: title, left: 16, top: 10, textStyle: { fontSize: 15 } },
    legend: series.length > 1 ? { top: 38, left: 16 } : { show: false },
    grid: { left: 16, right: 40, top: series.length > 1 ? 90 : 60, bottom: 16, containLabel: true },
    // Names of servers are long: bars lie, with the first one on top.
    xAxis: isBar ? { ...values, nameLocation: 'end' } : axis,
    yAxis: isBar ? { ...axis, inverse: true } : values,
    series: series.map(({ name, values: data }) => ({
      name,
      type: kind,
      data: data.map((value) => value ?? '-'),
      ...(isBar && { label: { show: true, position: 'right', fontSize: 10 } }),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
