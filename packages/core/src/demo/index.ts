export { type DemoReport, makeDemo } from './make.ts'
export { type DemoRemoval, removeDemo } from './remove.ts'
