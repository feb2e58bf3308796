import type { Metadata } from 'next'
import { CheckoutPage } from '../../../features/checkout/checkout-page.tsx'

export const metadata: Metadata = { title: 'Checkout' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <CheckoutPage id={id} />
}
