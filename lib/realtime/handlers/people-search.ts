import { defineHandler } from "../define-handler";

export const peopleSearch = defineHandler("people:search", ({ actor, useCases }, payload) =>
  useCases.presence.searchPeople(actor, payload),
);
