/** The edge at which HTTP requests are measured: a servlet filter that times them, a JAX-RS filter that knows their route. */
@NullMarked
package org.ergograph.http;

import org.jspecify.annotations.NullMarked;
