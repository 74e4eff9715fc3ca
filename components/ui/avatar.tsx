import { classNames } from "./class-names";
import { hueOf, initialsOf } from "./initials";

/** Tailwind finds classes by their full names. */
const HUES = [
  "avatar-hue-0",
  "avatar-hue-1",
  "avatar-hue-2",
  "avatar-hue-3",
  "avatar-hue-4",
  "avatar-hue-5",
  "avatar-hue-6",
  "avatar-hue-7",
  "avatar-hue-8",
  "avatar-hue-9",
  "avatar-hue-10",
  "avatar-hue-11",
];

const SIZES = {
  xs: "size-5 text-[0.5625rem]",
  sm: "size-7 text-2xs",
  md: "size-9 text-sm",
  lg: "size-10 text-sm",
  xl: "size-16 text-xl",
};

export interface AvatarProps {
  id: string;
  name: string;
  size?: keyof typeof SIZES;
  className?: string;
}

/** Initials on a hue that stays with the id. Decoration: the name stands beside it. */
export function Avatar({ id, name, size = "md", className }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "inline-grid shrink-0 place-items-center overflow-hidden rounded-full font-semibold tracking-tight select-none",
        HUES[hueOf(id)],
        SIZES[size],
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
