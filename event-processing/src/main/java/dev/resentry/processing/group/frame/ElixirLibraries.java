package dev.resentry.processing.group.frame;

import java.util.Set;

/** What is of libraries and of the platform in Elixir. */
final class ElixirLibraries {
    /** The first parts of the names of modules. */
    static final Set<String> MODULES = Set.of("""
            Absinthe Access Agent Bamboo Bandit Base Broadway Calendar Code Collectable Cowboy DBConnection Date
            DateTime Ecto Enum Enumerable ExUnit Exception File Finch Float GenServer GenStage Gettext HTTPoison
            IO Inspect Integer Jason Kernel Keyword List Logger Map MapSet Mint Mix Module MyXQL NaiveDateTime
            Oban Phoenix Plug Poison Postgrex Process Protocol Range Redix Regex Registry Req Sentry Stream
            String Supervisor Swoosh System Task Tds Telemetry Tesla ThousandIsland Time Tuple URI""".split("\\s+"));

    private ElixirLibraries() {}
}
