import type { Metadata } from "next";
import { getTranslator } from "@/lib/i18n/request";
import { JoinPage } from "../join-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator("join"))("title"), robots: { index: false } };
}

const MOST_CHARACTERS = 200;

/** By an invitation. */
export default async function InvitedJoinPage({ params }: { params: Promise<{ token: string }> }) {
  return <JoinPage token={(await params).token.slice(0, MOST_CHARACTERS)} />;
}
