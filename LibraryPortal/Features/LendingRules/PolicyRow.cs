using LibraryPortal.Domain.Policies;

namespace LibraryPortal.Features.LendingRules;

/// <summary>A category with how many readers it has.</summary>
internal sealed record PolicyRow(LendingPolicy Policy, int Patrons);
