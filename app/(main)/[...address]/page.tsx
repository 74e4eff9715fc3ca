import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslator } from "@/lib/i18n/request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("common"))("notFoundTitle") };
}

/** Every address that no other page has: not found, but within the frame of whoever is signed in. */
export default function UnknownAddress() {
  notFound();
}
