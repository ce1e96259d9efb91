using System.Text.Json;
using System.Text.RegularExpressions;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Api;

/// <summary>One naming for the whole API: that of the classic client.</summary>
public sealed partial class ApiNamesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task EveryMemberOfEveryBody_IsInSnakeCase_AndEveryAnswerInWordsIsCalledMsg()
    {
        using var client = app.CreateClient();
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var members = description.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(member => $"{schema.Name}.{member.Name}")).ToList();

        Assert.Contains("LoanItem.renewed_due_at", members);
        Assert.Contains("BookWanted.book_name", members);
        Assert.DoesNotContain(members, member => !SnakeCase().IsMatch(member));
        Assert.DoesNotContain(members, member => member.EndsWith(".message", StringComparison.Ordinal) && !member.StartsWith("JobProgressStatus.", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\w+\.[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SnakeCase();
}
