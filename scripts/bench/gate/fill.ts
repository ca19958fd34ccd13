/** `fill.ts FILE BYTES`: makes a production file. */
import { fillProduction } from './production.ts';

const [file = '', bytes = ''] = process.argv.slice(2);
fillProduction(file, Number(bytes));
