namespace LibraryPortal.Data.Migrations;

/// <summary>The database cannot be used as it is. The message says why and what to do, for the operator.</summary>
public sealed class DatabaseNotReadyException : Exception
{
    public DatabaseNotReadyException() : this("The database cannot be used as it is.") { }

    public DatabaseNotReadyException(string message) : base(message) { }

    public DatabaseNotReadyException(string message, Exception innerException) : base(message, innerException) { }
}
