using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Reports;

/// <summary>A reader asks for a report of the own requests. The same report while one is waiting or running is that one.</summary>
internal sealed class ExportMyRequests(StartExport start)
{
    /// <param name="state">Only requests in this state; null for all.</param>
    public Task<Outcome<StartedExport>> RunAsync(Caller caller, RequestState? state = null, CancellationToken cancellationToken = default) =>
        start.RunAsync(caller, caller.UserId, state?.ToString() ?? "", cancellationToken);
}
