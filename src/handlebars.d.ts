declare module 'handlebars/dist/cjs/handlebars.js' {
  export { default } from 'handlebars';
}
