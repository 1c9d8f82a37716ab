/** Says when a rule would have fired, by running it over the record as if it were live. */
@NullMarked
package org.ergograph.notify.backtest;

import org.jspecify.annotations.NullMarked;
