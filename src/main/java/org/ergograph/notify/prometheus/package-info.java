/** Rules as Prometheus' rule files: export, import, and what does not translate. Pure but for its REST interface. */
@NullMarked
package org.ergograph.notify.prometheus;

import org.jspecify.annotations.NullMarked;
