/**
 * What keeps the dashboards true: {@link io.tierdrill.dashboards.Dashboard} reads one, {@code DashboardTest} holds its form,
 * {@code MetricsTest} and {@code ExpositionTest} hold it to the metrics that tiers expose, {@code PrometheusTest} lets Prometheus evaluate it.
 */
package io.tierdrill.dashboards;
