declare module 'handlebars/dist/cjs/handlebars.js' {
  export { default } from 'handlebars';
}

declare module 'handlebars/dist/cjs/handlebars.runtime.js' {
  export { default } from 'handlebars';
}
