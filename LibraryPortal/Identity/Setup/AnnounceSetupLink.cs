using LibraryPortal.Mail;

namespace LibraryPortal.Identity.Setup;

/// <summary>Started with every web process: while there is no admin, prints a setup link to the log once the address is known.</summary>
internal sealed partial class AnnounceSetupLink(IServiceScopeFactory scopes, PublicLinks links, ILogger<AnnounceSetupLink> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetupLinks>().CreateAsync(cancellationToken) is { } token)
            NoAdminYet(logger, links.To(AccountRoutes.Setup, ("token", token)));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A warning, so that it shows at every usual log level.
    [LoggerMessage(3201, LogLevel.Warning, "There is no admin yet. Open {Link} to make the first one; the link is good once. Or run: LibraryPortal user create-admin")]
    static partial void NoAdminYet(ILogger logger, string link);
}
