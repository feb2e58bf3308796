import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

// For tests alone: it vouches for itself, for the name localhost, and nobody trusts it.
const CERT = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUB6JgZi54JSh2x3rpuOSXZd925HQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTAyMTE1MVoYDzIxMjYxMDI4
MDIxMTUxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS14LfQsvplgFPQOK4tjslqw05OXloaI4CTBq8y7y5IH7EoRRytnIuo
davij8cj9gWMIGlktEW57zRYoPhrc3ujo2kwZzAdBgNVHQ4EFgQUVYKuLyrZ4Hqb
OCPB8Acx9dr18KIwHwYDVR0jBBgwFoAUVYKuLyrZ4HqbOCPB8Acx9dr18KIwFAYD
VR0RBA0wC4IJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SAAwRQIhALEl4uRNmcAS+aSIWXp/qeyRl2dOdeNrWzWUNAMIcaaFAiB1QzW4M2Cd
1a5UAi1EXbbpNITybpCo3VXNLCE+dpXcaQ==
-----END CERTIFICATE-----`
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzuB8d7fdlfrYhoyX
0fceHZzE8xZD8pa/qcMyf1o8WVyhRANCAAS14LfQsvplgFPQOK4tjslqw05OXloa
I4CTBq8y7y5IH7EoRRytnIuodavij8cj9gWMIGlktEW57zRYoPhrc3uj
-----END PRIVATE KEY-----`

export interface TlsServer {
  port: number
  /** How many have connected so far. */
  connections(): number
  /** This process trusts the certificate while `work` goes on. */
  trusted(work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** A receiver with a certificate of its own making. */
export async function startTlsServer(): Promise<TlsServer> {
  let connections = 0
  const server = createServer({ cert: CERT, key: KEY }, (_, response) => response.end('over TLS'))
  server.on('connection', () => {
    connections += 1
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => connections,
    async trusted(work) {
      const usual = getCACertificates('default')
      setDefaultCACertificates([...usual, CERT])
      await work().finally(() => setDefaultCACertificates(usual))
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
