using System.Security.Claims;
using LibraryPortal.Data;
using LibraryPortal.Identity.Accounts;
using LibraryPortal.Identity.Limits;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LibraryPortal.Identity;

/// <summary>The posts of account pages that have no page of their own.</summary>
internal static class AccountForms
{
    public static void MapAccountForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(AccountRoutes.SignOut, SignOutAsync);
        endpoints.MapPost(AccountRoutes.PasskeyCreation, OfferPasskeyAsync).RequireAuthorization();
        endpoints.MapPost(AccountRoutes.PasskeyRequest, AskForPasskeyAsync).RequireRateLimiting(RateLimits.PasskeyRequest);
        endpoints.MapPost(AccountRoutes.DataDownload, DownloadDataAsync).RequireAuthorization();
    }

    // Reading the form is what makes the framework check its antiforgery token.
    static async Task<IResult> SignOutAsync(SignInManager<PortalUser> signIn, [FromForm] string? returnUrl)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(LocalAddress.OrHome(returnUrl));
    }

    static async Task<IResult> OfferPasskeyAsync(HttpContext context, ClaimsPrincipal caller, SignInManager<PortalUser> signIn, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return TypedResults.BadRequest();
        if (await signIn.UserManager.GetUserAsync(caller) is not { UserName: { } name } user)
            return TypedResults.NotFound();
        var options = await signIn.MakePasskeyCreationOptionsAsync(new() { Id = user.Id, Name = name, DisplayName = user.DisplayName is { Length: > 0 } shown ? shown : name });
        return TypedResults.Content(options, "application/json");
    }

    // Which passkeys an account has would tell whether it exists: the browser is asked for any of its own, whatever name was typed.
    static async Task<IResult> AskForPasskeyAsync(HttpContext context, SignInManager<PortalUser> signIn, IAntiforgery antiforgery) =>
        await antiforgery.IsRequestValidAsync(context)
            ? TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : TypedResults.BadRequest();

    static async Task<IResult> DownloadDataAsync(HttpContext context, ClaimsPrincipal caller, UserManager<PortalUser> users, PersonalData data, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return TypedResults.BadRequest();
        return await users.GetUserAsync(caller) is { } user
            ? TypedResults.File(await data.ReadAsync(user), "application/json", $"library-account-{user.UserName}.json")
            : TypedResults.NotFound();
    }
}
