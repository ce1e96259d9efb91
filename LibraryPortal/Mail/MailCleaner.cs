using LibraryPortal.Data;
using LibraryPortal.Data.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Mail;

/// <summary>Started with every process: deletes the records of mails older than <see cref="MailOptions.KeepDays"/>, once a day. Stops with the host.</summary>
internal sealed partial class MailCleaner(IDbContextFactory<PortalDbContext> databases, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailCleaner> logger)
    : BackgroundService
{
    static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Rest, clock);
        try
        {
            do
            {
                await TryRunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <returns>How many were deleted.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var oldest = clock.GetUtcNow().AddDays(-options.Value.KeepDays);
        return await database.Mail.Where(mail => mail.CreatedAt < oldest && mail.State != MailState.Queued).ExecuteDeleteAsync(cancellationToken);
    }

    async Task TryRunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failed(logger, error);
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "Old mail records could not be deleted; trying again tomorrow.")]
    static partial void Failed(ILogger logger, Exception error);
}
