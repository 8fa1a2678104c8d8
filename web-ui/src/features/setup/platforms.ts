export interface Platform {
  id: string;
  name: string;
  /** The language of the snippet. */
  language: string;
  /** How the SDK is installed, for a shell. */
  install: string;
  /** What starts it; {dsn} is where the DSN goes. */
  code: string;
  /** Where the code goes. */
  file: string;
  /** What makes a first error. */
  test: string;
}

/** What a project can be, and how its SDK is set up: the public SDKs, unchanged. */
export const PLATFORMS: readonly Platform[] = [
  {
    id: 'javascript',
    name: 'Browser JavaScript',
    language: 'javascript',
    install: 'npm install @sentry/browser',
    file: 'the first script of your page',
    code: `import * as Sentry from '@sentry/browser';

Sentry.init({
  dsn: '{dsn}',
  environment: 'production',
  release: 'web@1.0.0',
});`,
    test: `setTimeout(() => {
  throw new Error('First error');
});`,
  },
  {
    id: 'javascript-react',
    name: 'React',
    language: 'jsx',
    install: 'npm install @sentry/react',
    file: 'main.jsx, before the app is rendered',
    code: `import * as Sentry from '@sentry/react';

Sentry.init({ dsn: '{dsn}', environment: 'production' });

createRoot(document.getElementById('root'), {
  onUncaughtError: Sentry.reactErrorHandler(),
  onCaughtError: Sentry.reactErrorHandler(),
}).render(<App />);`,
    test: `<button onClick={() => { throw new Error('First error'); }}>Break</button>`,
  },
  {
    id: 'node',
    name: 'Node.js',
    language: 'javascript',
    install: 'npm install @sentry/node',
    file: 'instrument.mjs, started by node --import ./instrument.mjs app.mjs',
    code: `import * as Sentry from '@sentry/node';

Sentry.init({
  dsn: '{dsn}',
  environment: 'production',
});`,
    test: `setTimeout(() => {
  throw new Error('First error');
});`,
  },
  {
    id: 'python',
    name: 'Python',
    language: 'python',
    install: 'pip install sentry-sdk',
    file: 'where your program starts; Django, Flask, FastAPI and Celery are found by themselves',
    code: `import sentry_sdk

sentry_sdk.init(
    dsn="{dsn}",
    environment="production",
)`,
    test: `1 / 0`,
  },
  {
    id: 'java',
    name: 'Java',
    language: 'java',
    install: `# build.gradle
implementation 'io.sentry:sentry:8.+'`,
    file: 'main',
    code: `import io.sentry.Sentry;

Sentry.init(options -> {
    options.setDsn("{dsn}");
    options.setEnvironment("production");
    options.addInAppInclude("com.example");
});`,
    test: `try {
    throw new IllegalStateException("First error");
} catch (IllegalStateException e) {
    Sentry.captureException(e);
}`,
  },
  {
    id: 'java-spring-boot',
    name: 'Spring Boot',
    language: 'yaml',
    install: `# build.gradle
implementation 'io.sentry:sentry-spring-boot-starter-jakarta:8.+'`,
    file: 'application.yml',
    code: `sentry:
  dsn: {dsn}
  environment: production`,
    test: `# A controller that throws:
# @GetMapping("/break") String broken() { throw new IllegalStateException("First error"); }`,
  },
  {
    id: 'php',
    name: 'PHP',
    language: 'php',
    install: 'composer require sentry/sentry',
    file: 'as early as possible; Laravel and Symfony have packages of their own',
    code: `\\Sentry\\init([
    'dsn' => '{dsn}',
    'environment' => 'production',
]);`,
    test: `throw new Exception('First error');`,
  },
  {
    id: 'ruby',
    name: 'Ruby',
    language: 'ruby',
    install: 'bundle add sentry-ruby',
    file: 'config/initializers/sentry.rb, with sentry-rails for Rails',
    code: `Sentry.init do |config|
  config.dsn = '{dsn}'
  config.environment = 'production'
  config.breadcrumbs_logger = [:sentry_logger, :http_logger]
end`,
    test: `begin
  1 / 0
rescue ZeroDivisionError => e
  Sentry.capture_exception(e)
end`,
  },
  {
    id: 'go',
    name: 'Go',
    language: 'go',
    install: 'go get github.com/getsentry/sentry-go',
    file: 'main',
    code: `err := sentry.Init(sentry.ClientOptions{
	Dsn:         "{dsn}",
	Environment: "production",
})
if err != nil {
	log.Fatal(err)
}
defer sentry.Flush(2 * time.Second)`,
    test: `sentry.CaptureException(errors.New("first error"))`,
  },
  {
    id: 'csharp',
    name: '.NET',
    language: 'csharp',
    install: 'dotnet add package Sentry',
    file: 'Program.cs; ASP.NET Core has Sentry.AspNetCore',
    code: `SentrySdk.Init(options =>
{
    options.Dsn = "{dsn}";
    options.Environment = "production";
});`,
    test: `throw new InvalidOperationException("First error");`,
  },
  {
    id: 'android',
    name: 'Android',
    language: 'kotlin',
    install: `// build.gradle.kts
implementation("io.sentry:sentry-android:8.+")`,
    file: 'the onCreate of your Application',
    code: `SentryAndroid.init(this) { options ->
    options.dsn = "{dsn}"
    options.environment = "production"
}`,
    test: `throw RuntimeException("First error")`,
  },
  {
    id: 'cocoa',
    name: 'iOS and macOS',
    language: 'swift',
    install: '# Xcode: Add Package Dependency, the package sentry-cocoa',
    file: 'the init of your App',
    code: `import Sentry

SentrySDK.start { options in
    options.dsn = "{dsn}"
    options.environment = "production"
}`,
    test: `SentrySDK.capture(message: "First error")`,
  },
  {
    id: 'rust',
    name: 'Rust',
    language: 'rust',
    install: 'cargo add sentry',
    file: 'main; the guard has to live as long as the program',
    code: `let _guard = sentry::init(("{dsn}", sentry::ClientOptions {
    release: sentry::release_name!(),
    environment: Some("production".into()),
    ..Default::default()
}));`,
    test: `sentry::capture_message("First error", sentry::Level::Error);`,
  },
  {
    id: 'dart-flutter',
    name: 'Flutter',
    language: 'dart',
    install: 'flutter pub add sentry_flutter',
    file: 'main.dart',
    code: `await SentryFlutter.init(
  (options) {
    options.dsn = '{dsn}';
    options.environment = 'production';
  },
  appRunner: () => runApp(const MyApp()),
);`,
    test: `throw StateError('First error');`,
  },
  {
    id: 'other',
    name: 'Anything else',
    language: 'bash',
    install: '# Nothing: one request is enough',
    file: 'a shell',
    code: `curl '{store}' \\
  -H 'Content-Type: application/json' \\
  --data '{"message":"First error","level":"error"}'`,
    test: `# The same command again: the issue counts two events.`,
  },
];

export function platformOf(id: string | null | undefined): Platform {
  return PLATFORMS.find((platform) => platform.id === id) ?? PLATFORMS.at(-1)!;
}

/** The address that takes a single event without an SDK, for the same key. */
export function storeAddress(dsn: string): string {
  const url = new URL(dsn);
  const parts = url.pathname.split('/');
  const project = parts.pop() ?? '';
  return `${url.protocol}//${url.host}${parts.join('/')}/api/${project}/store/?sentry_key=${url.username}`;
}

/** A snippet with the DSN in its place. */
export function filled(code: string, dsn: string): string {
  return code.replaceAll('{dsn}', dsn).replaceAll('{store}', storeAddress(dsn));
}
