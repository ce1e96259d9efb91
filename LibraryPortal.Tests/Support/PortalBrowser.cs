using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace LibraryPortal.Tests.Support;

/// <summary>A browser without scripts: keeps cookies, reads pages, and submits forms with the hidden fields a page gave them.</summary>
public sealed class PortalBrowser(Uri address) : IDisposable
{
    readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    public HttpClient Client => _client;

    /// <summary>Reads a page, whatever its status.</summary>
    public async Task<IHtmlDocument> ReadAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        return await ParseAsync(response);
    }

    /// <summary>Opens a page and submits one of its forms.</summary>
    /// <param name="form">Which form, as a CSS selector. Default: the first one that posts inside <c>main</c>.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string path, Dictionary<string, string> fields, string form = "main form[method=post]")
    {
        var page = await ReadAsync(path);
        var element = page.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"{path} has no '{form}':\n{page.Body?.TextContent}");
        var values = element.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Where(input => input.Name is not null)
            .ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            values[name] = value;
        var action = element.GetAttribute("action") is { Length: > 0 } own ? own : path;
        return await _client.PostAsync(new Uri(address, action), new FormUrlEncodedContent(values));
    }

    /// <summary>Where a redirect leads: the path and query inside the portal, or the whole address elsewhere.</summary>
    public string RedirectOf(HttpResponseMessage response)
    {
        var target = new Uri(address, response.Headers.Location ?? throw new InvalidOperationException($"{(int)response.StatusCode} is no redirect."));
        return Uri.Compare(target, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.Ordinal) == 0 ? target.PathAndQuery : target.AbsoluteUri;
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    public void Dispose() => _client.Dispose();
}
