using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.Limits;

/// <summary>Registers the limits on requests.</summary>
internal static class LimitsModule
{
    public static IServiceCollection AddPortalLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsCheck>();
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<LoginThrottle>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, options) =>
        {
            limiter.OnRejected = RejectedRequest.AnswerAsync;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(RateLimits.SignIn, context => PostsByAddress(context, options.Value.SignIn));
            limiter.AddPolicy(RateLimits.PasskeyRequest, context => PostsByAddress(context, options.Value.SignIn));
            limiter.AddPolicy(RateLimits.Registration, context => PostsByAddress(context, options.Value.Registration));
            limiter.AddPolicy(RateLimits.PasswordReset, context => PostsByAddress(context, options.Value.PasswordReset));
            limiter.AddPolicy(RateLimits.Api, context => ByCaller(context, options.Value.Api));
        });
        return services;
    }

    static RateLimitPartition<string> PostsByAddress(HttpContext context, RateLimit limit) =>
        HttpMethods.IsPost(context.Request.Method) ? Window(ClientAddress.Of(context), limit) : RateLimitPartition.GetNoLimiter("reading");

    static RateLimitPartition<string> ByCaller(HttpContext context, RateLimit limit) =>
        Window(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ClientAddress.Of(context), limit);

    static RateLimitPartition<string> Window(string key, RateLimit limit) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => LoginThrottle.ToWindow(limit));
}
