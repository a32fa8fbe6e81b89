import type { JSX } from 'preact';

export function SearchField({
  label,
  text,
  onText,
}: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}): JSX.Element {
  return (
    <label class="field search">
      <span>{label}</span>
      <input type="search" value={text} onInput={({ currentTarget }) => onText(currentTarget.value)} />
    </label>
  );
}

/** A select with "all" first. */
export function Choice({
  label,
  value,
  choices,
  onChoose,
  all = 'all',
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChoose: (choice: string) => void;
  readonly all?: string;
}): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{all}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}
