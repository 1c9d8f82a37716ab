/** Statistics: how unusual a value is. Pure. */
@NullMarked
package org.ergograph.analysis;

import org.jspecify.annotations.NullMarked;
