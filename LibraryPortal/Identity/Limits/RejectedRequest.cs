using System.Threading.RateLimiting;
using LibraryPortal.Api;
using LibraryPortal.Identity.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;

namespace LibraryPortal.Identity.Limits;

/// <summary>What a client over a limit is told: problem details in the API, a plain page otherwise; both say when to try again.</summary>
internal static class RejectedRequest
{
    public static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var rest = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromMinutes(1);
        await Answer(context, clock, rest).ExecuteAsync(context);
    }

    public static IResult Answer(HttpContext context, TimeProvider clock, TimeSpan rest)
    {
        var detail = $"Too many tries from your address. Try again in {Words(rest)}.";
        if (ApiModule.IsApi(context))
            return ApiProblem.CreateUntil(StatusCodes.Status429TooManyRequests, detail, clock.GetUtcNow() + rest, clock);

        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(rest.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new RazorComponentResult<TooManyTries>(new { Message = detail }) { StatusCode = StatusCodes.Status429TooManyRequests };
    }

    static string Words(TimeSpan rest) => rest.TotalSeconds switch
    {
        <= 90 => $"{Math.Max(1, (int)Math.Ceiling(rest.TotalSeconds))} seconds",
        _ => $"{(int)Math.Ceiling(rest.TotalMinutes)} minutes",
    };
}
