package index

import (
	"math"
	"math/rand/v2"
)

// Adam's constants: the usual ones, and a rate that falls by 0.7 an epoch.
const (
	epochs     = 12
	batchSize  = 64
	firstRate  = 0.05
	rateFall   = 0.7
	decay      = 1e-4
	momentum1  = 0.9
	momentum2  = 0.999
	parameters = 3 * int(featureCount) // weights, and what a script without spaces and a foreign language add
)

// fitWeights learns the features' weights: those that make the targets most
// likely when scores are the logarithms of odds (softmax over candidates).
func fitWeights(lessons []*lesson) (weights [weightings][featureCount]float64) {
	scale := deviations(lessons)
	var w, first, second [parameters]float64
	order := rand.New(rand.NewPCG(3, 4))
	step := 0
	for epoch := range epochs {
		rate := firstRate * math.Pow(rateFall, float64(epoch))
		perm := order.Perm(len(lessons))
		for from := 0; from < len(perm); from += batchSize {
			var grad [parameters]float64
			for _, i := range perm[from:min(from+batchSize, len(perm))] {
				lessons[i].gradient(&w, &scale, &grad)
			}
			step++
			for j := range w {
				g := grad[j]/batchSize + decay*w[j]
				first[j] = momentum1*first[j] + (1-momentum1)*g
				second[j] = momentum2*second[j] + (1-momentum2)*g*g
				m := first[j] / (1 - math.Pow(momentum1, float64(step)))
				v := second[j] / (1 - math.Pow(momentum2, float64(step)))
				w[j] -= rate * m / (math.Sqrt(v) + 1e-8)
			}
			reason(&w)
		}
	}
	for i := range featureCount {
		for k := range weightings {
			weights[k][i] = round(weightOf(&w, k, i) / scale[i])
		}
	}
	return weights
}

// reason keeps weights from learning what is true of the sets alone: more
// evidence never counts against a passage, in whatever script and language,
// though the sets may hold too little of it to tell.
func reason(w *[parameters]float64) {
	n := int(featureCount)
	for j := range n {
		if either[j] {
			continue
		}
		w[j] = max(0, w[j])
		w[n+j] = max(-w[j], w[n+j])
		w[2*n+j] = max(-w[j]-min(0, w[n+j]), w[2*n+j])
	}
}

// either are the features that may count for or against a passage.
var either = [featureCount]bool{fLength: true, fSentLen: true, fSentPlace: true, fMissTop: true}

// deviations gives the standard deviation of each feature among the leading
// candidates.
func deviations(lessons []*lesson) (scale features) {
	const leading = 20
	var n float64
	var sum, squares features
	for _, l := range lessons {
		for i := range l.rows[:min(leading, len(l.rows))] {
			n++
			for j, x := range l.rows[i].features {
				sum[j] += x
				squares[j] += x * x
			}
		}
	}
	for j := range scale {
		mean := sum[j] / max(1, n)
		scale[j] = math.Sqrt(max(0, squares[j]/max(1, n)-mean*mean)) + 1e-6
	}
	return scale
}

// gradient adds the slope of the lesson's loss: minus the logarithm of the
// targets' share of all candidates' odds.
func (l *lesson) gradient(w *[parameters]float64, scale *features, grad *[parameters]float64) {
	const negligible = 1e-5
	odds := make([]float64, len(l.rows))
	top := math.Inf(-1)
	for i := range l.rows {
		r := &l.rows[i]
		x := 0.0
		for j, f := range r.features {
			x += weightOf(w, r.weighting, j) * f / scale[j]
		}
		odds[i] = x
		top = max(top, x)
	}
	var all, right float64
	for i := range odds {
		odds[i] = math.Exp(odds[i] - top)
		all += odds[i]
		if l.rows[i].target {
			right += odds[i]
		}
	}
	if right == 0 {
		return
	}
	for i := range l.rows {
		r := &l.rows[i]
		d := odds[i] / all
		if r.target {
			d -= odds[i] / right
		}
		if math.Abs(d) < negligible {
			continue
		}
		d *= l.weight
		for j, f := range r.features {
			g := d * f / scale[j]
			grad[j] += g
			if r.weighting&unspaced != 0 {
				grad[int(featureCount)+j] += g
			}
			if r.weighting&foreign != 0 {
				grad[2*int(featureCount)+j] += g
			}
		}
	}
}

// weightOf gives a feature's weight in a weighting, as its parameters add up.
func weightOf(w *[parameters]float64, weighting, feature int) float64 {
	x := w[feature]
	if weighting&unspaced != 0 {
		x += w[int(featureCount)+feature]
	}
	if weighting&foreign != 0 {
		x += w[2*int(featureCount)+feature]
	}
	return x
}
