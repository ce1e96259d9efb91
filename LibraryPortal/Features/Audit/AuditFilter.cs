using LibraryPortal.Domain.Audit;

namespace LibraryPortal.Features.Audit;

/// <summary>Which changes to list; what is null does not count.</summary>
/// <param name="Who">Part of the name of who made the change.</param>
/// <param name="What">Part of the name of what was changed, or of the reason.</param>
/// <param name="From">The first day, in the library's zone.</param>
/// <param name="To">The last day.</param>
internal sealed record AuditFilter(string? Who, string? What, AuditSubject? Kind, DateOnly? From, DateOnly? To);
