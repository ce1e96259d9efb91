using System.Globalization;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on what a librarian must write: library.md, section 2, rows 4, 6 and 13.</summary>
static class ReasonGuards
{
    public static RuleBreak? Given(string? reason, string request)
    {
        var length = reason?.Trim().Length ?? 0;
        if (length == 0)
            return new RuleBreak(RefusalKind.Invalid, RuleCode.ReasonEmpty, request);
        return length <= BookRequest.MaxReason ? null : new RuleBreak(RefusalKind.Invalid, RuleCode.ReasonTooLong,
            $"The reason may have {BookRequest.MaxReason} characters; this one has {length.ToString("N0", CultureInfo.InvariantCulture)}.") { Number = BookRequest.MaxReason };
    }
}
