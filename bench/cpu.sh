# Processor time of a process by its threads, in nanoseconds; the kernel's own sums (schedstat), not ticks of 10 ms. Sourced.

# spent PID [NAMES]: of all its threads, or of those whose name matches the expression.
spent() {
  local task
  for task in /proc/"$1"/task/*; do
    [ -z "${2:-}" ] || grep -qE "$2" "$task/comm" 2>/dev/null || continue
    cat "$task/schedstat" 2>/dev/null
  done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}
