import { Search, X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { texts } from '../texts/en';
import { IconButton } from './Button';
import './SearchBar.css';
import { useHotkeys } from './hotkeys';

interface SearchBarProps {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (words: string) => void;
  /** What the server says is wrong with the words. */
  error?: string | undefined;
  /** The heading of its key in the help. */
  group: string;
}

/** A line to search by. Enter searches, Escape leaves. */
export function SearchBar({ label, placeholder, value, onSearch, error, group }: SearchBarProps) {
  const [words, setWords] = useState(value);
  const [shown, setShown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  if (shown !== value) {
    setShown(value);
    setWords(value);
  }
  useHotkeys([{ keys: '/', label, group, run: () => input.current?.focus() }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  const clear = () => {
    setWords('');
    onSearch('');
    input.current?.focus();
  };
  return (
    <search className="search-bar">
      <form onSubmit={submit} className="search-form">
        <Search aria-hidden />
        <input
          ref={input}
          className="search-input"
          aria-label={label}
          aria-invalid={error ? true : undefined}
          placeholder={placeholder}
          value={words}
          maxLength={1_000}
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') input.current?.blur();
          }}
        />
        {words ? (
          <IconButton label={texts.clear} onClick={clear}>
            <X aria-hidden />
          </IconButton>
        ) : (
          <kbd className="key">/</kbd>
        )}
      </form>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </search>
  );
}
