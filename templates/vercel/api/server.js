// Where Vercel looks for functions. The build has made this one: `src/function.ts`.
export { default } from '../dist/function.js';
