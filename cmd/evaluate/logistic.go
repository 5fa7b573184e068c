package main

import "math"

// Constants of the fit: a little shrinkage keeps evidence that says the same
// twice from weights that cancel out; eight steps of Newton's method are exact
// to more digits than are stored.
const (
	shrinkage   = 1e-3
	newtonSteps = 8
)

// fit finds the weights of the logistic regression that explain best which
// answers were right, each lot weighing as the root of its size. Evidence for
// an answer never counts against it, nor the other way round, though it may
// look so in the lots alone.
func fit(lots []lot) []float64 {
	s := newStandard(lots)
	w := make([]float64, len(s.mean))
	used := make([]bool, len(w))
	for j := range used {
		used[j] = true
	}
	for worst := 0; worst >= 0; {
		clear(w)
		for range newtonSteps {
			s.step(lots, w, used)
		}
		worst = -1
		for j, x := range w {
			wrong := x * direction(s.names[j])
			if used[j] && wrong < 0 && (worst < 0 || wrong < w[worst]*direction(s.names[worst])) {
				worst = j
			}
		}
		if worst >= 0 {
			used[worst] = false
		}
	}
	for j := 1; j < len(w); j++ {
		w[j] /= s.dev[j]
		w[0] -= w[j] * s.mean[j]
	}
	return w
}

// direction tells which sign the weight of a piece of evidence must have; 0
// for either.
func direction(name string) float64 {
	switch name {
	case "bias", "terms", "length", "foreign":
		return 0
	case "unknown", "strange", "noun", "reason", "steps", "now":
		return -1
	}
	return 1
}

// A standard brings evidence to mean 0 and deviation 1; the bias, which is
// first, stays.
type standard struct {
	names     []string
	mean, dev []float64
	total     float64
}

func newStandard(lots []lot) *standard {
	first := lots[0].examples[0].evidence
	s := &standard{mean: make([]float64, len(first)), dev: make([]float64, len(first))}
	for _, p := range first {
		s.names = append(s.names, p.Name)
	}
	for _, l := range lots {
		weight := l.weight()
		for i := range l.examples {
			s.total += weight
			for j, p := range l.examples[i].evidence {
				s.mean[j] += weight * p.Value
				s.dev[j] += weight * p.Value * p.Value
			}
		}
	}
	for j := range s.mean {
		s.mean[j] /= s.total
		s.dev[j] = math.Sqrt(max(1e-9, s.dev[j]/s.total-s.mean[j]*s.mean[j]))
	}
	s.mean[0], s.dev[0] = 0, 1
	return s
}

// weight is that of each example of the lot.
func (l lot) weight() float64 { return 1 / math.Sqrt(float64(max(1, len(l.examples)))) }

// step improves the weights in use by one step of Newton's method.
func (s *standard) step(lots []lot, w []float64, used []bool) {
	n := len(w)
	gradient, x := make([]float64, n), make([]float64, n)
	hessian := make([][]float64, n)
	for j := range hessian {
		hessian[j] = make([]float64, n)
	}
	for _, l := range lots {
		weight := l.weight() / s.total
		for i := range l.examples {
			e := &l.examples[i]
			z := 0.0
			for j, p := range e.evidence {
				x[j] = (p.Value - s.mean[j]) / s.dev[j]
				if !used[j] {
					x[j] = 0
				}
				z += w[j] * x[j]
			}
			p := 1 / (1 + math.Exp(-z))
			miss := -p
			if e.right {
				miss++
			}
			for j := range n {
				gradient[j] += weight * miss * x[j]
				for k := range j + 1 {
					hessian[j][k] += weight * p * (1 - p) * x[j] * x[k]
				}
			}
		}
	}
	for j := range n {
		for k := range j {
			hessian[k][j] = hessian[j][k]
		}
		hessian[j][j] += shrinkage
		gradient[j] -= shrinkage * w[j]
	}
	for j, d := range solve(hessian, gradient) {
		w[j] += d
	}
}

// solve gives x with a·x = b, for a symmetric and positive definite a, by
// Gauss's elimination. It overwrites both.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for r := i + 1; r < n; r++ {
			f := a[r][i] / a[i][i]
			for k := i; k < n; k++ {
				a[r][k] -= f * a[i][k]
			}
			b[r] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
