-- The lists of jobs that ended without success, dead:<name>. KEYS, ARGV: none. Returns (to the script that uses it) the name by state letter.
local dead_names = { F = 'failed', C = 'cancelled', E = 'expired', Q = 'quarantined' }
