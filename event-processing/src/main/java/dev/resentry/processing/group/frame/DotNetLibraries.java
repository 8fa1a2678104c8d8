package dev.resentry.processing.group.frame;

/** What is of libraries and of the platform in .NET. */
final class DotNetLibraries {
    /** How the names of namespaces begin. */
    static final Prefixes NAMESPACES = Prefixes.of("""
            AutoMapper. Autofac. Castle. Dapper. FluentValidation. Grpc. Hangfire. Internal. Interop. MS.
            MassTransit. MediatR. Microsoft. Mono. MySql. MySqlConnector. NLog. NUnit. Newtonsoft. Npgsql.
            Polly. Quartz. RestSharp. Sentry. Serilog. StackExchange. System. UnityEditor. UnityEngine. Xunit.""");

    private DotNetLibraries() {}
}
