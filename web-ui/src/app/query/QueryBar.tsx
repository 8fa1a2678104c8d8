import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleHelp, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { api, value as valueOf } from '../../api/client';
import type { SearchDataset } from '../../api/model';
import { texts } from '../../texts/en';
import { IconButton } from '../../ui/Button';
import { useHotkeys } from '../../ui/hotkeys';
import './QueryBar.css';
import { QueryHelp } from './QueryHelp';
import { QueryInk } from './QueryInk';
import { QueryList } from './QueryList';
import type { QueryFault } from './fault';
import { recentSearchesQuery, savedSearchesQuery, searchKeysQuery, searchValuesQuery } from './queries';
import { type Suggestion, suggest } from './suggestions';
import { queryTexts } from './texts';
import { completionAt } from './tokens';

interface QueryBarProps {
  dataset: SearchDataset;
  /** The query that is searched for. */
  value: string;
  /** Gets what is to be searched for, and the order of a saved search that was chosen. */
  onSearch: (query: string, sort?: string) => void;
  /** What the server says is wrong with the value. */
  error?: QueryFault | undefined;
  label: string;
  placeholder: string;
  /** The heading of its key in the help. */
  group: string;
  /** The projects of the scope: slugs with commas between them. */
  project?: string | undefined;
}

const TYPING_MILLIS = 150;
const MOST_CHARACTERS = 4_096;

/** The colours stay behind their letters when a long query moves in the field. */
function follow(ink: HTMLElement | null, input: HTMLElement | null): void {
  if (ink && input) ink.scrollLeft = input.scrollLeft;
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What can be typed where the caret stands; asked for only while the list may be seen. */
function useSuggestions(
  words: string,
  caret: number,
  isOpen: boolean,
  { dataset, project }: Pick<QueryBarProps, 'dataset' | 'project'>,
) {
  const completion = useMemo(() => completionAt(words, caret), [words, caret]);
  const typed = useSettled(completion.typed);
  const { data: keys = [] } = useQuery({ ...searchKeysQuery(dataset, project), enabled: isOpen });
  const { data: values = [] } = useQuery({
    ...searchValuesQuery(dataset, project, completion.key, typed),
    enabled: isOpen && completion.of === 'value' && completion.key !== '',
  });
  const { data: saved = [] } = useQuery({ ...savedSearchesQuery(dataset), enabled: isOpen });
  const { data: recent = [] } = useQuery({ ...recentSearchesQuery(dataset), enabled: isOpen });
  const groups = useMemo(
    () => (isOpen ? suggest(words, completion, { keys, values, saved, recent }) : []),
    [isOpen, words, completion, keys, values, saved, recent],
  );
  return { groups, isTyping: completion.typed !== '' };
}

/** A line to search by, in the language of searches: coloured, with suggestions, and with faults underlined where they are. */
export function QueryBar({
  dataset,
  value,
  onSearch,
  error,
  label,
  placeholder,
  group,
  project,
}: QueryBarProps) {
  const id = useId();
  const queries = useQueryClient();
  const [words, setWords] = useState(value);
  const [shown, setShown] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isHelping, setHelping] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const ink = useRef<HTMLDivElement>(null);
  /** Where the caret has to go once the words are there. */
  const wanted = useRef<number | undefined>(undefined);
  if (shown !== value) {
    setShown(value);
    setWords(value);
    setCaret(value.length);
  }
  const { groups, isTyping } = useSuggestions(words, caret, isOpen, { dataset, project });
  const all = groups.flatMap((one) => one.suggestions);
  const marked = Math.min(active, all.length - 1);
  const isListed = isOpen && all.length > 0;

  const note = useMutation({
    mutationFn: (query: string) => valueOf(api.POST('/api/v1/recent-searches', { body: { dataset, query } })),
    // A search that is not remembered is no fault that one has to know of: it is made all the same.
    onSettled: () => queries.invalidateQueries({ queryKey: ['recent-searches', dataset] }),
  });
  useHotkeys([{ keys: '/', label, group, run: () => input.current?.focus() }]);
  useLayoutEffect(() => {
    if (wanted.current !== undefined) input.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
    follow(ink.current, input.current);
  });
  useEffect(() => {
    if (marked >= 0) document.getElementById(`${id}-list-${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);

  const open = (now: boolean) => {
    setOpen(now);
    setActive(-1);
  };
  const search = (query: string, sort?: string) => {
    const trimmed = query.trim();
    open(false);
    setWords(trimmed);
    if (trimmed) note.mutate(trimmed);
    onSearch(trimmed, sort);
  };
  const choose = (one: Suggestion) => {
    if (one.runs) {
      search(one.query, one.sort);
      return;
    }
    setWords(one.query);
    setCaret(one.caret);
    setActive(-1);
    wanted.current = one.caret;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const suggestion = all[marked] ?? (event.key === 'Tab' && isTyping ? all[0] : undefined);
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (!isListed) open(true);
        else {
          const step = event.key === 'ArrowDown' ? 1 : -1;
          // One place more than there are lines: the field itself.
          setActive(((marked + 1 + step + all.length + 1) % (all.length + 1)) - 1);
        }
        break;
      }
      case 'Tab':
        if (isListed && suggestion && !event.shiftKey) {
          event.preventDefault();
          choose(suggestion);
        }
        break;
      case 'Enter':
        event.preventDefault();
        if (isListed && suggestion) choose(suggestion);
        else search(words);
        break;
      case 'Escape':
        event.preventDefault();
        if (isListed) open(false);
        else input.current?.blur();
        break;
      default:
    }
  };
  const clear = () => {
    search('');
    input.current?.focus();
  };
  const isOfValue = words === value;
  return (
    <search className="query-bar">
      <div className="query-field">
        <Search aria-hidden />
        <div className="query-line">
          <QueryInk query={words} fault={isOfValue ? error : undefined} ink={ink} />
          <input
            ref={input}
            className="query-input"
            role="combobox"
            aria-label={label}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded={isListed}
            aria-controls={isListed ? `${id}-list` : undefined}
            aria-activedescendant={isListed && marked >= 0 ? `${id}-list-${marked}` : undefined}
            aria-invalid={error && isOfValue ? true : undefined}
            aria-describedby={error ? `${id}-fault` : undefined}
            placeholder={placeholder}
            value={words}
            maxLength={MOST_CHARACTERS}
            enterKeyHint="search"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => {
              setWords(event.target.value);
              setCaret(event.target.selectionStart ?? event.target.value.length);
              open(true);
            }}
            onSelect={(event) => {
              setCaret(event.currentTarget.selectionStart ?? 0);
              follow(ink.current, input.current);
            }}
            onScroll={() => follow(ink.current, input.current)}
            onFocus={() => open(true)}
            onClick={() => setOpen(true)}
            onBlur={() => open(false)}
            onKeyDown={onKeyDown}
          />
        </div>
        {words ? (
          <IconButton label={texts.clear} onClick={clear}>
            <X aria-hidden />
          </IconButton>
        ) : (
          <kbd className="key">/</kbd>
        )}
        <IconButton label={queryTexts.help.open} onClick={() => setHelping(true)}>
          <CircleHelp aria-hidden />
        </IconButton>
      </div>
      {isListed && <QueryList id={`${id}-list`} groups={groups} active={marked} onChoose={choose} />}
      {error && (
        <p className="field-error" role="alert" id={`${id}-fault`}>
          {error.message}
        </p>
      )}
      <QueryHelp open={isHelping} onClose={() => setHelping(false)} />
    </search>
  );
}
