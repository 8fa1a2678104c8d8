import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { Ellipsis, Moon, Search, Settings, Sun } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { texts } from '../texts/en';
import { IconButton } from '../ui/Button';
import { Menu, type MenuEntry } from '../ui/Menu';
import { capsOf, handle, useHotkeys } from '../ui/hotkeys';
import { KeyHelp } from './Keys';
import { LedgerLine } from './LedgerLine';
import { ScopeBar } from './ScopeBar';
import { SessionLost } from './SessionLost';
import './Shell.css';
import { useLiveStream } from './live';
import { NAV, SETTINGS } from './nav';
import { logOut, useSession } from './session';
import { setLook, useLook } from './theme';
import { useWindowEvent } from './useWindowEvent';

const Palette = lazy(() => import('./Palette'));
const ON_PHONE = 4;

function useSettingsEntries(help: () => void): (MenuEntry | 'line')[] {
  const session = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const look = useLook();
  const leave = async () => {
    await logOut();
    if (session.single_sign_on) {
      // Where the session began, there is one to be ended too.
      window.location.assign('/api/v1/auth/oidc/logout');
      return;
    }
    await navigate({ to: '/login' });
    queries.clear();
  };
  const theme = (value: 'light' | 'dark' | 'system', label: string): MenuEntry => ({
    label,
    run: () => setLook({ theme: value }),
    checked: look.theme === value,
  });
  const pages = SETTINGS.filter((entry) => entry.shown?.(session) ?? true).map((entry) => ({
    label: entry.label,
    run: () => void navigate({ to: entry.to }),
  }));
  return [
    ...pages,
    ...(pages.length > 0 ? (['line'] as const) : []),
    theme('system', texts.settings.system),
    theme('light', texts.settings.light),
    theme('dark', texts.settings.dark),
    'line',
    {
      label: texts.settings.compact,
      run: () => setLook({ density: look.density === 'compact' ? 'comfortable' : 'compact' }),
      checked: look.density === 'compact',
    },
    'line',
    { label: texts.settings.keys, run: help, keys: '?' },
    { label: texts.settings.docs, run: () => window.location.assign('/docs') },
    { label: texts.settings.logout, hint: session.user.email, run: () => void leave() },
  ];
}

function useDark(): boolean {
  const { theme } = useLook();
  return (
    theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  );
}

/** The frame of every page: navigation, scope and ledger, and what is on each of them: palette, keys, the lost session. */
export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const settings = useSettingsEntries(() => setHelp(true));
  const isDark = useDark();
  const { tv }: { tv?: unknown } = useSearch({ strict: false });
  const isTv = tv === '1';
  useLiveStream();
  useWindowEvent('keydown', handle);
  const entries = NAV.filter((entry) => entry.shown?.(session) ?? true);
  useHotkeys([
    {
      keys: 'mod+k',
      label: texts.keys.palette,
      group: texts.keys.everywhere,
      run: () => setPalette(true),
      whileTyping: true,
    },
    { keys: '?', label: texts.keys.help, group: texts.keys.everywhere, run: () => setHelp(true) },
    ...entries.map((entry) => ({
      keys: `g ${entry.key}`,
      label: texts.keys.goTo(entry.label),
      group: texts.keys.everywhere,
      run: () => void navigate({ to: entry.to }),
    })),
  ]);
  const more: MenuEntry[] = entries.slice(ON_PHONE).map((entry) => ({
    label: entry.label,
    run: () => void navigate({ to: entry.to }),
  }));
  return (
    <div className={isTv ? 'shell shell-tv' : 'shell'}>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      {!isTv && (
        <header className="shell-nav">
          <Link to="/issues" className="brand" aria-label={texts.product}>
            <img src="/ui/favicon.svg" alt="" width="24" height="24" />
            <span>{texts.product}</span>
          </Link>
          <button type="button" className="find" onClick={() => setPalette(true)}>
            <Search aria-hidden />
            <span>{texts.nav.find}</span>
            <kbd className="key">{capsOf('mod+k').join('')}</kbd>
          </button>
          <nav aria-label={texts.nav.label} className="pages">
            {entries.map((entry, index) => (
              <Link
                key={entry.to}
                to={entry.to}
                className={index < ON_PHONE ? 'page-link' : 'page-link page-link-later'}
                activeProps={{ className: 'page-link-active' }}
                preload="intent"
                title={`${entry.label} (g ${entry.key})`}
              >
                <entry.icon aria-hidden />
                <span>{entry.label}</span>
              </Link>
            ))}
            {more.length > 0 && (
              <Menu
                align="end"
                entries={more}
                trigger={
                  <button type="button" className="page-link page-link-more">
                    <Ellipsis aria-hidden />
                    <span>{texts.nav.more}</span>
                  </button>
                }
              />
            )}
          </nav>
          <LedgerLine />
        </header>
      )}
      <div className="shell-main">
        <section className="shell-bar" aria-label={texts.scope.label}>
          <ScopeBar />
          <div className="shell-tools">
            <IconButton label={texts.nav.find} className="find-phone" onClick={() => setPalette(true)}>
              <Search aria-hidden />
            </IconButton>
            <IconButton
              label={isDark ? texts.settings.light : texts.settings.dark}
              className="theme-switch"
              onClick={() => setLook({ theme: isDark ? 'light' : 'dark' })}
            >
              {isDark ? <Sun aria-hidden /> : <Moon aria-hidden />}
            </IconButton>
            <Menu
              align="end"
              entries={settings}
              trigger={
                <IconButton label={texts.settings.label}>
                  <Settings aria-hidden />
                </IconButton>
              }
            />
          </div>
          {isLoading && <div className="progress" aria-hidden="true" />}
        </section>
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {palette && (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
      <SessionLost />
    </div>
  );
}
