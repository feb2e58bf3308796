// Plays Cloud KMS by hand: node packages/adapters/src/cloud-kms/fake/main.ts [port]
import { startFakeKms } from './fake-kms.ts'

const KEY_NAME = 'projects/local/locations/global/keyRings/gangway/cryptoKeys/secrets'

const fake = await startFakeKms({ port: Number(process.argv[2] ?? 9023), keyNames: [KEY_NAME] })
console.log(`KMS_API_ENDPOINT=${fake.url}`)
console.log(`KMS_KEY_NAME=${KEY_NAME}`)
console.log('Its keys live as long as this process.')
