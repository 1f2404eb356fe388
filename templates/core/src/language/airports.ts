import { LocalRecognizer } from '@parley/recognizers'
import { readBookingDetails } from './booking-details.ts'
import type { BookingDetails } from './booking-details.ts'
import training from './flight-booking.json' with { type: 'json' }

/** The cities there are flights to and from. The recognizers know more, so that the bot can say which it does not serve. */
export const servedCities: readonly string[] = ['Berlin', 'London', 'New York', 'Paris', 'Tokyo']

const cities = new LocalRecognizer(training)

/** The city a user names when asked for one: "Paris", "to Paris, please" or "CDG". */
export function findCity(text: string, role: 'from' | 'to'): string | undefined {
  const result = cities.recognizeText(text)
  const details = readBookingDetails(result)
  const [[named] = []]: string[][] = result.entities?.city ?? []
  return details[role] ?? named ?? details.to ?? details.from
}

/** Whether there are flights to and from a city. */
export function isServed(city: string): boolean {
  return servedCities.includes(city)
}

/** What of a booking can be booked, and the cities that cannot. */
export function withoutUnserved({ from, to, ...rest }: BookingDetails): { known: BookingDetails; unserved: string[] } {
  const unserved = [to, from].filter((city) => city !== undefined && !isServed(city)) as string[]
  return {
    known: {
      ...rest,
      ...(from !== undefined && isServed(from) ? { from } : {}),
      ...(to !== undefined && isServed(to) ? { to } : {}),
    },
    unserved,
  }
}
