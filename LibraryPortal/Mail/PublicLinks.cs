using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace LibraryPortal.Mail;

/// <summary>Full addresses of the portal's pages for mails and logs. The setting <c>PublicUrl</c> says where people reach it; without it, the first address the
/// program listens on. A Host header is never trusted for this: it is the sender's to choose.</summary>
public sealed class PublicLinks(IConfiguration configuration, IServiceProvider services)
{
    /// <param name="path">A local path, such as <c>/me/exports</c>.</param>
    public string To(string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var address = $"{Root()}/{path.TrimStart('/')}";
        foreach (var (name, value) in query)
            address = QueryHelpers.AddQueryString(address, name, value);
        return address;
    }

    string Root()
    {
        if (configuration["PublicUrl"] is { Length: > 0 } told)
            return told.TrimEnd('/');
        var listens = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries)[0]
            ?? "http://localhost:5080";
        // An address that means "all" is no place to go to.
        return listens.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
