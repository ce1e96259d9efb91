namespace LibraryPortal.Components.Shared.Slots;

/// <summary>A component a slice adds to a place it does not own.</summary>
/// <param name="Slot">One of <see cref="SlotNames"/>.</param>
/// <param name="Component">The component to render there.</param>
/// <param name="Order">Lower comes first; equal ones keep the order of registration.</param>
public sealed record SlotPart(string Slot, Type Component, int Order);
