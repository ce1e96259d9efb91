using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.Migrations;

/// <summary>The database as it was before an upgrade. SQLite rebuilds tables in several transactions, so an upgrade that is cut short (a power cut, a kill, a full
/// disk) leaves a schema that is neither old nor new; the copy is then put back and the upgrade begins again.</summary>
/// <param name="database">The database's file.</param>
internal sealed class UpgradeCopy(string database)
{
    readonly string _draft = database + ".upgrading-draft";
    readonly string _unfinished = database + ".upgrading";

    /// <summary>Where the copy stays after the upgrade.</summary>
    public string Kept { get; } = database + ".before-upgrade";

    /// <summary>An upgrade began and was not finished.</summary>
    public bool IsUnfinished => File.Exists(_unfinished);

    /// <summary>Copies the database, complete or not at all.</summary>
    public void Make(SqliteConnection connection)
    {
        File.Delete(_draft);
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", _draft);
            command.ExecuteNonQuery();
        }

        File.Move(_draft, _unfinished);
    }

    /// <summary>Writes the copy over the database, in one transaction, so that connections that are open go on with it.</summary>
    public void PutBack(SqliteConnection connection)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _unfinished, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        copy.Open();
        copy.BackupDatabase(connection);
    }

    /// <summary>The upgrade is done: the copy is kept in place of an earlier one.</summary>
    public void Keep() => File.Move(_unfinished, Kept, overwrite: true);

    /// <summary>The upgrade is done, and there was nothing before it.</summary>
    public void Drop() => File.Delete(_unfinished);
}
