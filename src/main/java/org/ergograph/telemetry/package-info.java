/** Publishes observations and meters as MicroProfile metrics, and observations as OpenTelemetry spans. */
@NullMarked
package org.ergograph.telemetry;

import org.jspecify.annotations.NullMarked;
