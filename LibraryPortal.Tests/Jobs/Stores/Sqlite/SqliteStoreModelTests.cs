using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Stores.Model;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>The embedded store against the model.</summary>
public sealed class SqliteStoreModelTests : JobStoreModelTests
{
    protected override Task<ModelTarget> OpenAsync() => Task.FromResult<ModelTarget>(new Target());

    sealed class Target : ModelTarget
    {
        readonly TemporaryFolder _folder = new();
        readonly ManualClock _clock = new();
        int _files;

        public override bool KeepsPlaces => true;

        public override bool RemembersSilence => false;

        public override bool FollowsAtOnce => true;

        public override bool KeepsJobsOfFlows => true;

        string File => _folder.File($"jobs{_files}.db");

        public override async Task StartAsync()
        {
            if (Store is not null)
                await Store.DisposeAsync();
            _files++;
            Open();
        }

        public override async Task ReopenAsync()
        {
            await Store.DisposeAsync();
            Open();
        }

        public override Task SetTimeAsync(DateTimeOffset now)
        {
            _clock.Advance(now - _clock.GetUtcNow());
            return Task.CompletedTask;
        }

        public override Task<IReadOnlyList<JobId>> FindPlacesAsync() => ReadAsync("SELECT id FROM job", static row => JobRow.Id(row.GetFieldValue<byte[]>(0)));

        public override Task<IReadOnlyList<string>> FindTracesOfFlowsAsync() => ReadAsync(
            "SELECT 'flow ' || key FROM flow UNION ALL SELECT 'gate of ' || flow FROM flow_gate UNION ALL SELECT 'job of ' || flow FROM flow_job", static row => row.GetString(0));

        public override async ValueTask DisposeAsync()
        {
            if (Store is not null)
                await Store.DisposeAsync();
            _folder.Dispose();
        }

        async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<SqliteDataReader, T> read)
        {
            await using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            List<T> rows = [];
            while (await reader.ReadAsync())
                rows.Add(read(reader));
            return rows;
        }

        void Open() => Store = new SqliteJobStore(File, _clock, NullLogger<SqliteJobStore>.Instance);
    }
}
