import type { Metadata } from "next";
import { getTranslator } from "@/lib/i18n/request";
import { JoinPage } from "./join-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("join"))("title") };
}

/** Where sign-up is open to all. */
export default function OpenJoinPage() {
  return <JoinPage token={undefined} />;
}
