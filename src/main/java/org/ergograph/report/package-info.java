/** What a dashboard shows, as data. */
@NullMarked
package org.ergograph.report;

import org.jspecify.annotations.NullMarked;
