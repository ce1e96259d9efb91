using System.Net;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

/// <summary>What an orchestrator asks of the running portal.</summary>
public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Ready_IsAPortalWhoseStoreAndWorkerAreWell_LiveEachThatAnswers()
    {
        await using var redis = await RedisServer.StartAsync();
        // So seldom that its worker says nothing but what the test has it say.
        await using var app = new PortalApp().With("ConnectionStrings:Redis", redis.Address).With("Jobs:CanaryInterval", "00:10:00");
        await app.InitializeAsync();
        using var client = app.CreateClient();
        await UntilReadyAsync(HttpStatusCode.OK, "it has started");

        // Redis has no room for new jobs; those that are there run on.
        await redis.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Eventually.HoldsAsync("new jobs are refused", () => IsFullAsync(app.Services.GetRequiredService<IJobStore>()));
        await UntilReadyAsync(HttpStatusCode.OK, "what it has goes on");
        await redis.CommandAsync("CONFIG", "SET", "maxmemory", "0");

        app.Services.GetRequiredService<CanaryReport>().Fail("The worker takes no jobs, says the test.");
        await AssertAsync(HttpStatusCode.ServiceUnavailable, "ready");
        await AssertAsync(HttpStatusCode.OK, "live");
        Assert.Contains(app.Log.Lines, static line => line.Contains("The worker takes no jobs, says the test.", StringComparison.Ordinal));
        app.Services.GetRequiredService<CanaryReport>().Clear();
        await UntilReadyAsync(HttpStatusCode.OK, "its worker takes jobs again");

        await redis.KillAsync();
        await UntilReadyAsync(HttpStatusCode.ServiceUnavailable, "the store is out");
        await AssertAsync(HttpStatusCode.OK, "live");
        await Eventually.HoldsAsync("the log says why", async () => await AskAsync("ready") == HttpStatusCode.ServiceUnavailable
            && app.Log.Lines.Any(line => line.Contains("Health check jobs", StringComparison.Ordinal) && line.Contains(redis.Address, StringComparison.Ordinal)));
        await redis.StartAsync();
        await UntilReadyAsync(HttpStatusCode.OK, "the store is back");

        async Task<HttpStatusCode> AskAsync(string what)
        {
            using var answer = await client.GetAsync($"/health/{what}");
            return answer.StatusCode;
        }

        async Task AssertAsync(HttpStatusCode expected, string what) => Assert.Equal(expected, await AskAsync(what));

        Task UntilReadyAsync(HttpStatusCode expected, string when) => Eventually.HoldsAsync($"{when}, so /health/ready answers {(int)expected}", async () => await AskAsync("ready") == expected);
    }

    static async Task<bool> IsFullAsync(IJobStore store)
    {
        try
        {
            await store.EnqueueAsync([RedisStoreTest.Job()], CancellationToken.None);
            return false;
        }
        catch (JobStoreFullException)
        {
            return true;
        }
        catch (JobStoreUnavailableException)
        {
            // An answer that a busy machine kept back for too long.
            return false;
        }
    }
}
