namespace LibraryPortal.Api;

/// <summary>Makes the API's errors: problem details (RFC 9457) with one more member, <c>msg</c>, equal to <c>detail</c>, which clients of the classic tutorial read.</summary>
public static class ApiProblem
{
    /// <param name="detail">One or two plain sentences: what was wrong, and what was expected.</param>
    /// <param name="more">Further members, such as <c>rule</c>.</param>
    public static IResult Create(int status, string detail, IDictionary<string, object?>? more = null)
    {
        var members = more is null ? [] : new Dictionary<string, object?>(more, StringComparer.Ordinal);
        members["msg"] = detail;
        return TypedResults.Problem(detail, statusCode: status, extensions: members);
    }

    /// <summary>An error that time heals: also says when, in <c>Retry-After</c> and <c>earliest_at</c>.</summary>
    public static IResult CreateUntil(int status, string detail, DateTimeOffset earliest, TimeProvider clock, IDictionary<string, object?>? more = null)
    {
        var members = more is null ? [] : new Dictionary<string, object?>(more, StringComparer.Ordinal);
        members["earliest_at"] = earliest;
        return new RetryLater(Create(status, detail, members), earliest - clock.GetUtcNow());
    }

    sealed class RetryLater(IResult problem, TimeSpan rest) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(rest.TotalSeconds));
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(httpContext);
        }
    }
}
