export { startFakeAnthropic } from './anthropic.ts'
export type { FakeProvider, FakeProviderOptions } from './fake-provider.ts'
export { startFakeGemini } from './gemini.ts'
export { startFakeOpenAi } from './openai.ts'
