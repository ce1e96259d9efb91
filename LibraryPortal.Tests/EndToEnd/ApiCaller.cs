using System.Net.Http.Headers;
using System.Text.Json;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A client of the classic tutorial: registers, signs in, and carries its token from then on.</summary>
internal sealed class ApiCaller : IDisposable
{
    public const string Password = "correct horse battery";
    readonly HttpClient _http;

    ApiCaller(Uri address) => _http = new HttpClient { BaseAddress = address };

    public static async Task<ApiCaller> RegisterAsync(Uri address, string userName)
    {
        var caller = new ApiCaller(address);
        await caller.PostAsync("/api/register", new { username = userName, email = $"{userName}@example.org", password = Password });
        var reply = await caller.PostAsync("/api/login", new { username = userName, password = Password });
        caller._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", reply.GetProperty("access_token").GetString());
        return caller;
    }

    public async Task<JsonElement> PostAsync(string path, object? body = null)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        return await ReadAsync(response);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return await ReadAsync(response);
    }

    public Task<string> DownloadAsync(string path) => _http.GetStringAsync(path);

    public void Dispose() => _http.Dispose();

    static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
