// Runs before the first paint, so that a page never flashes in the other theme.
try {
  var look = JSON.parse(localStorage.getItem('resentry.look') || '{}');
  if (look.theme === 'light' || look.theme === 'dark') document.documentElement.dataset.theme = look.theme;
  if (look.density === 'compact') document.documentElement.dataset.density = 'compact';
} catch {
  // Without storage the system's theme is as good as any.
}
