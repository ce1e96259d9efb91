using LibraryPortal.Domain;

namespace LibraryPortal.Api;

/// <summary>The one place where a refusal becomes an HTTP status.</summary>
public static class RefusalResults
{
    /// <summary>The refusal as problem details, with its rule, the rule's number, the time at which it ends, and whether a librarian may set it aside.</summary>
    public static IResult ToProblem(this Refusal refusal, TimeProvider? clock = null)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (refusal.Rule is not null)
            members["rule"] = refusal.Rule;
        if (refusal.Number is { } number)
            members["number"] = number;
        if (refusal.MayOverride)
            members["may_override"] = true;
        return refusal.EarliestAt is { } earliest
            ? ApiProblem.CreateUntil(StatusOf(refusal.Kind), refusal.Message, earliest, clock ?? TimeProvider.System, members)
            : ApiProblem.Create(StatusOf(refusal.Kind), refusal.Message, members);
    }

    /// <summary>What the endpoint makes of the value, or the refusal as problem details.</summary>
    public static IResult ToHttp<T>(this Outcome<T> outcome, Func<T, IResult> whenAllowed) =>
        outcome.IsAllowed ? whenAllowed(outcome.Value) : outcome.Refusal.ToProblem();

    static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.LimitReached => StatusCodes.Status429TooManyRequests,
    };
}
