using LibraryPortal.Api;
using LibraryPortal.Data;
using LibraryPortal.Identity.Accounts;
using LibraryPortal.Identity.Demo;
using LibraryPortal.Identity.Keys;
using LibraryPortal.Identity.Limits;
using LibraryPortal.Identity.Pages.Parts;
using LibraryPortal.Identity.Security;
using LibraryPortal.Identity.Setup;
using LibraryPortal.Identity.SignIn;
using LibraryPortal.Identity.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity;

/// <summary>Accounts: who someone is and what they may do, on pages (cookie) and in the API (access token).</summary>
public static class IdentityModule
{
    /// <summary>The scheme that picks one by the address: a token under <c>/api</c> and <c>/hubs</c>, the cookie everywhere else.</summary>
    const string ByAddress = "ByAddress";

    /// <param name="keys">The folder of the portal's secrets; made when it is not there.</param>
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string keys)
    {
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection(AccountOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        PrivateDirectory.Ensure(keys);
        services.AddDataProtection().SetApplicationName("LibraryPortal").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddSingleton(JwtSigningKey.LoadOrCreate(keys));
        // The folder itself is what protects the keys; the framework would warn about that at every start.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        services.AddPortalLimits(configuration);
        services.AddAccounts();
        services.AddSchemes();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Staff, policy => policy.RequireRole(Roles.Librarian, Roles.Admin))
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles.Admin));

        if (environment.IsDevelopment())
            services.AddHostedService<SeedDemoAccounts>();
        services.AddHostedService<AnnounceSetupLink>();
        return services;
    }

    /// <summary>Everything between routing and the endpoints: headers, who it is, limits, rights, forged forms.</summary>
    public static WebApplication UsePortalIdentity(this WebApplication app)
    {
        // Counts only over HTTPS and never for localhost; a browser that has seen it refuses plain HTTP from then on.
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseAuthentication().UseRateLimiter().UseAuthorization().UseAntiforgery();
        return app;
    }

    /// <summary>Puts the security headers on every answer, errors included; stands first.</summary>
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        return app;
    }

    public static void MapPortalIdentity(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAccountForms();
        endpoints.MapAccountApi();
    }

    static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<PortalUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = PasswordRules.MinLength;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.AllowedForNewUsers = true;
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddErrorDescriber<PlainIdentityErrors>()
            .AddUserValidator<UserNameRules>()
            .AddPasswordValidator<PasswordRules>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>((identity, accounts) =>
        {
            identity.SignIn.RequireConfirmedAccount = accounts.Value.RequireConfirmedAccount;
            identity.Lockout.MaxFailedAccessAttempts = accounts.Value.LockoutFailures;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(accounts.Value.LockoutMinutes);
        });
        // A passkey is found without a user name, so it must be one the device can list.
        services.Configure<IdentityPasskeyOptions>(options => options.ResidentKeyRequirement = "required");
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<AccountOptions>>((stamps, accounts) =>
            stamps.ValidationInterval = TimeSpan.FromSeconds(accounts.Value.RevalidateSeconds));
        services.AddScoped<ISecurityStampValidator, CookieLock>();
        services.AddScoped<AuthenticationStateProvider, LiveAuthenticationState>();

        services.AddSingleton<PhantomLocks>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<RegisterAccount>();
        services.AddScoped<ChangeRole>();
        services.AddScoped<LockAccount>();
        services.AddScoped<PersonalData>();
        services.AddScoped<CloseAccount>();
        services.AddScoped<OperateAccounts>();
        services.AddScoped<ResetPassword>();
        services.AddScoped<AccountRedirects>();
        services.AddScoped<AccountLinks>();
        services.AddSingleton<IEmailSender<PortalUser>, AccountMail>();
        services.AddScoped<SetupLinks>();
        services.AddSingleton<DemoAccountList>();
    }

    static void AddSchemes(this IServiceCollection services)
    {
        services.AddSingleton<StampFingerprint>();
        services.AddSingleton<AccessTokenIssuer>();
        services.AddSingleton<BearerAccounts>();
        services.AddSingleton<ISignInCheck>(provider => provider.GetRequiredService<BearerAccounts>());
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddAuthentication(ByAddress)
            .AddPolicyScheme(ByAddress, null, options => options.ForwardDefaultSelector = context =>
                ApiModule.IsApi(context) ? JwtBearerDefaults.AuthenticationScheme : IdentityConstants.ApplicationScheme)
            .AddJwtBearer()
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "LibraryPortal";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.LoginPath = AccountRoutes.SignIn;
            options.LogoutPath = AccountRoutes.SignOut;
            options.AccessDeniedPath = AccountRoutes.AccessDenied;
            options.ReturnUrlParameter = "returnUrl";
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "LibraryPortal.Forms";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // SecurityHeaders says it, for every answer.
            options.SuppressXFrameOptionsHeader = true;
        });
    }
}
