import './Avatar.css';

/** Two letters of a name, with the whole on hover. */
export function Avatar({ name }: { name: string }) {
  const words = name
    .trim()
    .split(/[\s@._-]+/)
    .filter(Boolean);
  const letters = (
    words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}` : name.trim().slice(0, 2)
  ).toUpperCase();
  return (
    <span className="avatar" role="img" aria-label={name} title={name}>
      {letters}
    </span>
  );
}
